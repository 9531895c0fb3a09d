import type { Catalogue } from '../language.js';

export const DOCTOR: Catalogue = {};
