/** A folder of models that holds none: what a model learned from is then not known. */
export const PLACE = '/nowhere';
