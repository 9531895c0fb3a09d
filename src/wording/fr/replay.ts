import type { Catalogue } from '../language.js';

export const REPLAY: Catalogue = {};
