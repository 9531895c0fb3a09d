import type { Catalogue } from '../language.js';

export const MODEL: Catalogue = {};
