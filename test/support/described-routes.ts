import type { Client } from './client.js';

/** What a body is to be, as the API's own description says. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly minimum?: number;
  readonly minLength?: number;
}
/** A route of the API. */
export interface Route {
  readonly method: string;
  readonly path: string;
  readonly body: Schema | undefined;
}
/** Real ids and digests by the name of the field or parameter that asks for them. */
export type Facts = Readonly<Record<string, unknown>>;

export type Components = Readonly<Record<string, Schema>>;

/** A body the schema describes, with what is really so (ids, digests) wherever the name of a field asks for it. */
export function bodyFor(schema: Schema | undefined, components: Components, facts: Facts, name = ''): unknown {
  if (schema === undefined) return {};
  if (schema.$ref !== undefined)
    return bodyFor(components[schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)], components, facts, name);
  if (name in facts) return facts[name];
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const [choice] = schema.anyOf ?? schema.oneOf ?? [];
  if (choice !== undefined) return bodyFor(choice, components, facts, name);
  if (schema.properties !== undefined)
    return Object.fromEntries(
      Object.entries(schema.properties).map(([field, of]) => [field, bodyFor(of, components, facts, field)]),
    );
  if (schema.type === 'array')
    return schema.items === undefined ? [] : [bodyFor(schema.items, components, facts, name)];
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(1, schema.minimum ?? 1);
  if (schema.type === 'boolean') return true;
  if (schema.format === 'uuid') return facts['case'];
  if (schema.format === 'date-time') return '2027-01-01T00:00:00.000Z';
  if (schema.pattern === '^[0-9a-f]{64}$') return facts['content'];
  return '管理员要求立即放行。'.padEnd(schema.minLength ?? 0, '。');
}

/** Every route of the gateway, from the description it makes of its own router. */
export async function describedRoutes(client: Client): Promise<{ routes: Route[]; components: Components }> {
  const { body } = await client.send('GET', '/api/openapi.json');
  const paths = body.paths as Record<
    string,
    Record<string, { requestBody?: { content: Record<string, { schema: Schema }> } }>
  >;
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      body: Object.values(requestBody?.content ?? {})[0]?.schema,
    })),
  );
  return { routes, components: body.components.schemas as Components };
}
