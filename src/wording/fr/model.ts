import type { Catalogue } from '../language.js';

export const MODEL: Catalogue = {
  // model/attempt.ts
  'The model answered {0}, which is no number of minutes.':
    'Le modèle a répondu {0}, ce qui n’est pas un nombre de minutes.',
  // model/choose-model.ts
  '{0} is "{1}"; expected a file that ends in .onnx.':
    '{0} vaut «\u00A0{1}\u00A0»\u00A0; un fichier se terminant par .onnx est attendu.',
  'The models folder {0} has no {1}': 'Le dossier des modèles {0} n’a pas de {1}',
  'Train it (`atmr-ml train --source FILE --out {0}`), name another with --model':
    'Entraînez-le (`atmr-ml train --source FILE --out {0}`), désignez-en un autre avec --model',
  '{0}. {1}, or leave `models` out of the configuration.':
    '{0}. {1}, ou retirez `models` de la configuration.',
  // model/find-model.ts
  '{0} is not in the models folder {1}, where every reader looks':
    '{0} n’est pas dans le dossier des modèles {1}, où cherchent tous les lecteurs',
  '{0}. Copy the .onnx file and its manifest there.': '{0}. Copiez-y le fichier .onnx et son manifeste.',
  'The flag carried {0} before, but no model in {1} has that SHA-256':
    'Le drapeau portait {0} auparavant, mais aucun modèle de {1} n’a ce SHA-256',
  'Copy its two files there, or choose one of `atmr-ml model list` with `atmr-ml model use`':
    'Copiez-y ses deux fichiers, ou choisissez-en un de `atmr-ml model list` avec `atmr-ml model use`',
  '{0} is the name of {1}; give one of these files.':
    '{0} est le nom de {1}\u00A0; donnez l’un de ces fichiers.',
  'it is empty': 'il est vide',
  'there are {0}': 'on y trouve {0}',
  'Copy its two files there, or set `models` in the configuration':
    'Copiez-y ses deux fichiers, ou réglez `models` dans la configuration',
  'There is no model {0} in {1}; {2}. {3}.': 'Il n’y a pas de modèle {0} dans {1}\u00A0; {2}. {3}.',
  // model/lay-out-forest.ts
  'a node asks for feature {0} of a table {1} wide':
    'un nœud demande la variable {0} d’un tableau large de {1}',
  '{0} has {1} entries instead of {2}': '{0} a {1} entrées au lieu de {2}',
  'tree {0} has a branch that leads nowhere': 'l’arbre {0} a une branche qui ne mène nulle part',
  'tree {0} has a branch that leads back to itself': 'l’arbre {0} a une branche qui revient sur elle-même',
  'tree {0} has a branch that no value can take':
    'l’arbre {0} a une branche qu’aucune valeur ne peut prendre',
  'node {0} hangs from {1} branches': 'le nœud {0} dépend de {1} branches',
  'tree {0} has two roots': 'l’arbre {0} a deux racines',
  'its branches run in a circle': 'ses branches tournent en rond',
  'vote {0} belongs to no leaf': 'le vote {0} n’appartient à aucune feuille',
  'vote {0} is for target {1}': 'le vote {0} est pour la cible {1}',
  '{0} holds a faulty tree ensemble: {1}. Export the model again.':
    '{0} contient un ensemble d’arbres défectueux\u00A0: {1}. Exportez le modèle à nouveau.',
  // model/list-models.ts
  'The models folder {0} cannot be read: {1}': 'Le dossier des modèles {0} ne peut pas être lu\u00A0: {1}',
  '{0}. Check `models` in the configuration.': '{0}. Vérifiez `models` dans la configuration.',
  // model/load.ts
  '{0} has the SHA-256 {1}, but its manifest describes {2}':
    '{0} a le SHA-256 {1}, mais son manifeste décrit {2}',
  '{0}. Copy both files together, or train again.':
    '{0}. Copiez les deux fichiers ensemble, ou refaites l’entraînement.',
  '{0} takes {1} features, but its manifest names {2}.':
    '{0} prend {1} variables, mais son manifeste en nomme {2}.',
  'The known answer of {0} is for {1} features': 'La réponse connue de {0} est pour {1} variables',
  '{0}, but its manifest names {1}.': '{0}, mais son manifeste en nomme {1}.',
  '{0} puts out {1}, but its manifest expects {2}.': '{0} produit {1}, mais son manifeste attend {2}.',
  'The scaling of {0} has {1} means and {2} scales':
    'La mise à l’échelle de {0} a {1} moyennes et {2} échelles',
  '{0}; {1} of each, no scale 0, were expected.':
    '{0}\u00A0; {1} de chaque étaient attendues, sans échelle nulle.',
  '{0} answers its known question with {1} minutes instead of {2}':
    '{0} répond {1} minutes à sa question connue au lieu de {2}',
  '{0}. It is not the model that its manifest describes: train or copy it again.':
    '{0}. Ce n’est pas le modèle que décrit son manifeste\u00A0: entraînez-le ou copiez-le à nouveau.',
  // model/manifest.ts
  'expected an ISO 8601 time with Z or an offset, such as 2026-03-02T08:30:00Z':
    'une heure ISO 8601 avec Z ou un décalage est attendue, par exemple 2026-03-02T08:30:00Z',
  'expected base64': 'du base64 est attendu',
  'expected hashes of 8 bytes each': 'des empreintes de 8 octets chacune sont attendues',
  '{0} is not a feature that atmr-ml can compute': '{0} n’est pas une variable que atmr-ml sait calculer',
  'expected 64 hexadecimal digits': '64 chiffres hexadécimaux sont attendus',
  // model/model-changes.ts
  'The flag names no model, and {0} holds no default one':
    'Le drapeau ne nomme aucun modèle, et {0} n’en contient pas par défaut',
  '{0}: each reader answers with the model that it runs. `atmr-ml model use` names one.':
    '{0}\u00A0: chaque lecteur répond avec le modèle qu’il utilise. `atmr-ml model use` en nomme un.',
  'flag {0} names no model': 'le drapeau {0} ne nomme aucun modèle',
  'flag {0} never carried another model than {1} {2}':
    'le drapeau {0} n’a jamais porté d’autre modèle que {1} {2}',
  '{0}. Choose one with `atmr-ml model use NAME`.': '{0}. Choisissez-en un avec `atmr-ml model use NAME`.',
  // model/onnx-attribute.ts
  'a list runs past the end': 'une liste dépasse la fin',
  // model/onnx-file.ts
  '{0} is not an ONNX model: a graph with an input, a node and an output was expected.':
    '{0} n’est pas un modèle ONNX\u00A0: un graphe avec une entrée, un nœud et une sortie était attendu.',
  '{0} is not a complete ONNX file: {1}. Copy or train it again.':
    '{0} n’est pas un fichier ONNX complet\u00A0: {1}. Copiez-le ou entraînez-le à nouveau.',
  'it ends at byte {0} of at least {1}': 'il s’arrête à l’octet {0} sur {1} au moins',
  'a field near byte {0} does not fit': 'un champ près de l’octet {0} ne convient pas',
  // model/onnxruntime.ts
  'its process ended': 'son processus s’est arrêté',
  'ONNX Runtime cannot run {0}: {1}': 'ONNX Runtime ne peut pas exécuter {0}\u00A0: {1}',
  '{0} needs ONNX Runtime, which is not installed': '{0} a besoin d’ONNX Runtime, qui n’est pas installé',
  '{0}. Run: npm install onnxruntime-node': '{0}. Lancez\u00A0: npm install onnxruntime-node',
  'ONNX Runtime does not take {0}: {1}': 'ONNX Runtime n’accepte pas {0}\u00A0: {1}',
  '{0} did not answer within {1} ms': '{0} n’a pas répondu en {1} ms',
  '{0}; ONNX Runtime was started anew.': '{0}\u00A0; ONNX Runtime a été relancé.',
  'The process that runs {0} ended before it answered.':
    'Le processus qui exécute {0} s’est arrêté avant de répondre.',
  // model/provenance.ts
  'train your own with `atmr-ml train`': 'entraînez le vôtre avec `atmr-ml train`',
  '{0} {1}: the model was trained on simulated bookings: {2}.':
    '{0} {1}\u00A0: le modèle a été entraîné sur des réservations simulées\u00A0; {2}.',
  // model/question.ts
  'The booking does not tell {0}, which the model needs.':
    'La réservation n’indique pas {0}, dont le modèle a besoin.',
  // model/read-forest.ts
  '{0} predicts {1} targets; 1 to {2} were expected.':
    '{0} prédit {1} cibles\u00A0; de 1 à {2} étaient attendues.',
  '{0} keeps {1} as a tensor (double precision), which the built-in evaluator does not read.':
    '{0} garde {1} comme tenseur (double précision), que l’évaluateur intégré ne lit pas.',
  '{0} Convert the model with 32-bit floats.': '{0} Convertissez le modèle en flottants de 32 bits.',
  '{0} has a tree ensemble without nodes.': '{0} a un ensemble d’arbres sans nœuds.',
  '{0} has a node of unknown mode {1}.': '{0} a un nœud de mode inconnu {1}.',
  '{0} asks for {1}; one of {2} was expected.': '{0} demande {1}\u00A0; l’un de {2} était attendu.',
  // model/read-manifest.ts
  'A model is two files, <name>.onnx and <name>.json; `atmr-ml train` writes both.':
    'Un modèle se compose de deux fichiers, <name>.onnx et <name>.json\u00A0; `atmr-ml train` écrit les deux.',
  '{0} cannot be read: {1}. {2}': '{0} ne peut pas être lu\u00A0: {1}. {2}',
  'Expected what `atmr-ml train` or `atmr-ml model describe` writes beside a model':
    'Ce que `atmr-ml train` ou `atmr-ml model describe` écrit à côté d’un modèle est attendu',
  '{0} is not JSON. {1}.': '{0} n’est pas du JSON. {1}.',
  '{0} is not a manifest of schema 1. {1}.': '{0} n’est pas un manifeste du schéma 1. {1}.',
  '(top)': '(racine)',
  '; and {0} more': '\u00A0; et {0} de plus',
  '{0} is not a manifest of schema 1: {1}{2}.': '{0} n’est pas un manifeste du schéma 1\u00A0: {1}{2}.',
  // model/runtime.ts
  '{0} takes {1} features, but its manifest names {2}':
    '{0} prend {1} variables, mais son manifeste en nomme {2}',
  '{0}. Name all of them, in the order of training.':
    '{0}. Nommez-les toutes, dans l’ordre de l’entraînement.',
  '{0} is no tree ensemble (its operators: {1}), and only ONNX Runtime runs others':
    '{0} n’est pas un ensemble d’arbres (ses opérateurs\u00A0: {1}), et seul ONNX Runtime exécute les autres',
  '{0}. Leave out --runtime builtin.': '{0}. Retirez --runtime builtin.',
  // model/provenance.ts, model/model-changes.ts
  '{0}, which the flag names, is not in {1}, and no live process is known to run it':
    '{0}, que nomme le drapeau, n’est pas dans {1}, et aucun processus en marche n’est connu pour l’exécuter',
  'copy its two files there, or name another with `atmr-ml model use`':
    'copiez-y ses deux fichiers, ou nommez-en un autre avec `atmr-ml model use`',
  '{0}: where it is missing, control answers; {1}.':
    '{0}\u00A0: là où il manque, la variante témoin (control) répond\u00A0; {1}.',
  '{0} Until that is mended, control answers wherever the file is like this.':
    '{0} D’ici là, la variante témoin (control) répond partout où le fichier est dans cet état.',
  // answering-model.ts
  'notice: {0}; the default model is taken.': 'note\u00A0: {0}\u00A0; le modèle par défaut est pris.',
};
