import type { Catalogue } from '../language.js';

export const HTTP: Catalogue = {};
