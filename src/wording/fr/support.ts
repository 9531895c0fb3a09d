import type { Catalogue } from '../language.js';

/** Who is to be called, and what others must not read. */
export const SUPPORT: Catalogue = {
  'Contacts: {0}': 'Contacts\u00A0: {0}',
  'Not acknowledged: {0}': 'Sans confirmation\u00A0: {0}',
  '{0} at once': '{0} tout de suite',
  '{0} after {1}': '{0} après {1}',
  'a .env that nobody else may read': 'un .env que personne d’autre ne peut lire',
  'Clients were asked how satisfied they are, and are no less so':
    'La satisfaction des clients a été demandée, et n’a pas baissé',
  secrets: 'secrets',
  'flag model': 'modèle du drapeau',
  'the flag names none': 'le drapeau n’en nomme aucun',
  'in the models folder of this machine': 'dans le dossier des modèles de cette machine',
  'the flag names {0}, which is not in {1}': 'le drapeau nomme {0}, qui n’est pas dans {1}',
  'Copy its two files there, or name one that is there: `atmr-ml model list`, `model use`.':
    'Copiez-y ses deux fichiers, ou nommez-en un qui y est : `atmr-ml model list`, `model use`.',
  'none in .env': 'aucun dans .env',
  '{0} in {1}, which others may not read': '{0} dans {1}, que les autres ne peuvent pas lire',
  '{0} holds secrets and others may read it (mode {1})':
    '{0} contient des secrets et d’autres peuvent le lire (mode {1})',
  'Run `chmod 600 {0}`, and change what others may have read.':
    'Lancez `chmod 600 {0}`, et changez ce que d’autres ont pu lire.',
};
