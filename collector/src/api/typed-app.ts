/** The Fastify app as its routes see it: typed by the TypeBox schemas they state. */
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';

export const typed = (app: FastifyInstance) => app.withTypeProvider<TypeBoxTypeProvider>();

export type Api = ReturnType<typeof typed>;
