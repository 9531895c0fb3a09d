import { currentLanguage } from './language.js';
import { NUMBERS, type Numbers } from './numbers.js';

/** How numbers are written in the language of now, for the sentences that hold them. */
export function numbersSaid(): Numbers {
  return NUMBERS[currentLanguage()];
}
