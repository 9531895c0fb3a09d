import type { Catalogue } from '../language.js';

export const ALERTS: Catalogue = {
  // src/alerts/alert-schema.ts
  'expected a channel: {0}': 'un canal est attendu\u00A0: {0}',
  'expected a time such as 15m or 4h': 'une durée telle que 15m ou 4h est attendue',
  'expected an e-mail address': 'une adresse e-mail est attendue',
  'expected en or fr': 'en ou fr est attendu',
  'expected hours such as 22-7': 'des heures telles que 22-7 sont attendues',
  'expected an hour from 0 to 23': 'une heure de 0 à 23 est attendue',
  'expected a rule or a severity: {0}': 'une règle ou une gravité est attendue\u00A0: {0}',
  'expected a list of channels': 'une liste de canaux est attendue',
  'expected a list of contacts': 'une liste de contacts est attendue',
  'expected a list of levels, each with after and channel':
    'une liste de niveaux est attendue, chacun avec after et channel',
  // src/alerts/channels
  'the address of this delivery is no e-mail address': 'l’adresse de cet envoi n’est pas une adresse e-mail',
  'the mail server took it for all but {0} of {1} recipients ({2})':
    'le serveur de courrier l’a accepté, sauf pour {0} des {1} destinataires ({2})',
  '{0} is not an http address; expected one with https://.':
    '{0} n’est pas une adresse http\u00A0; une adresse en https:// est attendue.',
  'the way to {0} is closed': 'la voie vers {0} est fermée',
  '{0} did not answer within {1} s': '{0} n’a pas répondu en {1}\u00A0s',
  'sending to {0} was interrupted': 'l’envoi à {0} a été interrompu',
  '{0} cannot be reached: {1}': '{0} est injoignable\u00A0: {1}',
  '{0}, project {1}': '{0}, projet {1}',
  '{0} answered HTTP {1}': '{0} a répondu HTTP {1}',
  'the log': 'le journal',
  'the mail server refuses the sender ({0})': 'le serveur de courrier refuse l’expéditeur ({0})',
  'the mail server refuses the recipients ({0})': 'le serveur de courrier refuse les destinataires ({0})',
  'name its authority in NODE_EXTRA_CA_CERTS, or add ?tls.rejectUnauthorized=false to SMTP_URL':
    'nommez son autorité dans NODE_EXTRA_CA_CERTS, ou ajoutez ?tls.rejectUnauthorized=false à SMTP_URL',
  'the certificate of the mail server is not trusted ({0}); {1}':
    'le certificat du serveur de courrier n’est pas digne de confiance ({0})\u00A0; {1}',
  'the mail server does not accept the login of SMTP_URL{0}':
    'le serveur de courrier n’accepte pas l’identifiant de SMTP_URL{0}',
  'the mail server offers no STARTTLS that works{0}; add ?requireTLS=false to SMTP_URL to do without':
    'le serveur de courrier n’offre pas de STARTTLS qui fonctionne{0}\u00A0; ajoutez ?requireTLS=false à SMTP_URL pour s’en passer',
  'sending the e-mail was interrupted': 'l’envoi de l’e-mail a été interrompu',
  'the mail server did not answer in time': 'le serveur de courrier n’a pas répondu à temps',
  'the mail server cannot be reached: {0}': 'le serveur de courrier est injoignable\u00A0: {0}',
  'the mail server wants a login, or STARTTLS, before it takes an e-mail ({0})':
    'le serveur de courrier veut un identifiant, ou STARTTLS, avant d’accepter un e-mail ({0})',
  'the mail server answered {0}': 'le serveur de courrier a répondu {0}',
  '{0} is no e-mail address; expected one or more with commas.':
    '{0} n’est pas une adresse e-mail\u00A0; une ou plusieurs, séparées par des virgules, sont attendues.',
  'set it to those who shall be told, or remove SMTP_URL':
    'mettez-y ceux qui doivent être avertis, ou retirez SMTP_URL',
  'ALERT_EMAIL_TO is not set, so no e-mail is sent; {0}.':
    'ALERT_EMAIL_TO n’est pas définie, aucun e-mail n’est donc envoyé\u00A0; {0}.',
  'expected one such as https://key@host/42': 'une adresse telle que https://key@host/42 est attendue',
  'SENTRY_DSN is not the DSN of a project; {0}.': 'SENTRY_DSN n’est pas le DSN d’un projet\u00A0; {0}.',
  'Sentry was not asked: the event was dropped':
    'Sentry n’a pas été appelé\u00A0: l’événement a été abandonné',
  'expected smtp:// or smtps:// with a host, / @ # and % of a password as %2F %40 %23 %25, and of options only {0}':
    'smtp:// ou smtps:// avec un hôte est attendu, les / @ # et % d’un mot de passe écrits %2F %40 %23 %25, et comme options seulement {0}',
  'SMTP_URL is not the address of a mail server; {0}.':
    'SMTP_URL n’est pas l’adresse d’un serveur de courrier\u00A0; {0}.',
  'expected whsec_ with base64, or a long random text':
    'whsec_ suivi de base64, ou un long texte aléatoire, est attendu',
  'its receiver could not tell who sent it': 'son destinataire ne saurait pas qui l’a envoyé',
  'ALERT_WEBHOOK_SECRET is not set, so {0}; {1}.':
    'ALERT_WEBHOOK_SECRET n’est pas définie\u00A0: {0}\u00A0; {1}.',
  'ALERT_WEBHOOK_SECRET is no base64 after whsec_; {0}.':
    'ALERT_WEBHOOK_SECRET n’est pas du base64 après whsec_\u00A0; {0}.',
  'the webhook': 'le webhook',
  // src/alerts
  'this channel is not configured here': 'ce canal n’est pas configuré ici',
  'one channel of the alerts is left out: {0}': 'un canal des alertes est laissé de côté\u00A0: {0}',
  'The outbox of alerts': 'La boîte d’envoi des alertes',
  'The channel {0} is not configured; `atmr-ml doctor` tells what is.':
    'Le canal {0} n’est pas configuré\u00A0; `atmr-ml doctor` dit lesquels le sont.',
  // src/report
  '{0} has not begun yet': '{0} n’a pas encore commencé',
  'Nothing is recorded of {0}': 'Rien n’est enregistré pour {0}',
  'Mailed by {0}.': 'Envoyé par {0}.',
  'set it to smtp://user:password@host:587, or write the report to a file with --out':
    'mettez-y smtp://user:password@host:587, ou écrivez le rapport dans un fichier avec --out',
  'SMTP_URL is not set, so nothing can be mailed; {0}.':
    'SMTP_URL n’est pas définie, rien ne peut donc être envoyé\u00A0; {0}.',
  '--mail is no e-mail address; expected one, or several with commas.':
    '--mail n’est pas une adresse e-mail\u00A0; une ou plusieurs, séparées par des virgules, sont attendues.',
  'set it to those who read the report, or name them: --mail ana@example.org':
    'mettez-y ceux qui lisent le rapport, ou nommez-les\u00A0: --mail ana@example.org',
  'ALERT_EMAIL_TO is not set; {0}.': 'ALERT_EMAIL_TO n’est pas définie\u00A0; {0}.',
  'The report was not mailed: {0}. Try `atmr-ml alerts test --channel email`.':
    'Le rapport n’a pas été envoyé\u00A0: {0}. Essayez `atmr-ml alerts test --channel email`.',
  'Written: {0}': 'Écrit\u00A0: {0}',
  '{0}, {1} or {2}': '{0}, {1} ou {2}',
  '--week is "{0}"; expected a week such as {1}.':
    '--week vaut «\u00A0{0}\u00A0»\u00A0; une semaine telle que {1} est attendue.',
  '--month is "{0}"; expected a month such as {1}.':
    '--month vaut «\u00A0{0}\u00A0»\u00A0; un mois tel que {1} est attendu.',
};
