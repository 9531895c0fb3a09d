import type { FastifyInstance } from 'fastify';
import { currentLanguage, type Language, learnLanguages, speakingTo } from '../wording/language.js';

/**
 * Has every answer speak its caller's language (`Accept-Language`), as far as it is one of ours; else that of the process.
 */
export async function speakToCallers(server: FastifyInstance): Promise<void> {
  await learnLanguages();
  server.addHook('onRequest', ({ headers }, _reply, done) => speakingTo(languageOf(headers), done));
  // The body comes in by events of the connection, which know nothing of the request.
  server.addHook('preValidation', ({ headers }, _reply, done) => speakingTo(languageOf(headers), done));
  server.addHook('onSend', async (_request, reply) => void reply.header('vary', 'accept-language'));
}

/** The first language of the list: browsers send the one that is read first at its head. */
export function languageOf({
  'accept-language': wanted = '',
}: {
  'accept-language'?: string | undefined;
}): Language {
  const first = wanted.trim().slice(0, 2).toLowerCase();
  return first === 'fr' || first === 'en' ? first : currentLanguage();
}
