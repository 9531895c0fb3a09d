/** 32 bits of which each depends on all of the 32 given, and which no others give: the last step of MurmurHash3. */
export function mixBits(bits: number): number {
  let mix = bits;
  mix = Math.imul(mix ^ (mix >>> 16), 0x85ebca6b);
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35);
  return mix ^ (mix >>> 16);
}
