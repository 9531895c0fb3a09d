import type { Catalogue } from '../language.js';

export const RENDER: Catalogue = {};
