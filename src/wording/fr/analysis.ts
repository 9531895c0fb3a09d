import type { Catalogue } from '../language.js';

export const ANALYSIS: Catalogue = {};
