import type { Catalogue } from '../language.js';

export const RENDER_REPORTS: Catalogue = {};
