import type { Catalogue } from '../language.js';

export const ROLLOUT: Catalogue = {};
