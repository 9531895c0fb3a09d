import type { Catalogue } from '../language.js';

export const FLAG: Catalogue = {};
