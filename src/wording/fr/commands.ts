import type { Catalogue } from '../language.js';

export const COMMANDS: Catalogue = {};
