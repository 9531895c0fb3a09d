/** Solves a symmetric positive definite system by Cholesky's factorisation. For a handful of unknowns. */
export function solveLinear(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const lower = factorise(matrix);
  const halfway: number[] = [];
  for (let i = 0; i < right.length; i += 1) {
    let rest = right[i]!;
    for (let k = 0; k < i; k += 1) rest -= lower[i]![k]! * halfway[k]!;
    halfway.push(rest / lower[i]![i]!);
  }
  const solution = [...halfway];
  for (let i = right.length - 1; i >= 0; i -= 1) {
    for (let k = i + 1; k < right.length; k += 1) solution[i]! -= lower[k]![i]! * solution[k]!;
    solution[i]! /= lower[i]![i]!;
  }
  return solution;
}

function factorise(matrix: readonly (readonly number[])[]): number[][] {
  const lower: number[][] = matrix.map(() => []);
  for (let i = 0; i < matrix.length; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let rest = matrix[i]![j]!;
      for (let k = 0; k < j; k += 1) rest -= lower[i]![k]! * lower[j]![k]!;
      lower[i]!.push(i === j ? Math.sqrt(rest) : rest / lower[j]![j]!);
    }
  }
  return lower;
}
