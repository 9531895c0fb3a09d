import type { Catalogue } from '../language.js';

export const ALERTS: Catalogue = {};
