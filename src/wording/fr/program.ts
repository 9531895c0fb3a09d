import type { Catalogue } from '../language.js';

export const PROGRAM: Catalogue = {};
