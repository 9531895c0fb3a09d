import fc from 'fast-check';

// That a mutant is noticed is enough: nobody reads its smallest counterexample.
fc.configureGlobal({ endOnFailure: true });
