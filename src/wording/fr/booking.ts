import type { Catalogue } from '../language.js';

export const BOOKING: Catalogue = {};
