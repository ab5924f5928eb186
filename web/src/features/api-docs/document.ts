// The server's API document (OpenAPI 3.1), read into what the page shows: groups of routes with flat
// lists of fields. Only what the server's own document uses is understood.

export interface Schema {
    type?: string | string[];
    format?: string;
    description?: string;
    properties?: Record<string, Schema>;
    required?: string[];
    items?: Schema;
    enum?: string[];
    anyOf?: Schema[];
    allOf?: Schema[];
    $ref?: string;
}
type Content = Record<string, { schema?: Schema }>;
interface Operation {
    operationId: string;
    tags?: string[];
    summary?: string;
    description?: string;
    parameters?: {
        name: string;
        in: string;
        description?: string;
        required?: boolean;
        schema?: Schema;
    }[];
    requestBody?: { content?: Content };
    responses: Record<string, { content?: Content; 'x-error-codes'?: string[] }>;
    security?: Record<string, unknown>[];
}
export interface ApiDocument {
    info: { title: string; version: string; description?: string };
    paths: Record<string, Record<string, Operation>>;
    components?: { schemas?: Record<string, Schema> };
}

export type Kind = 'integer' | 'number' | 'string' | 'boolean' | 'object' | 'any';
export interface Field {
    name: string;
    kind: Kind;
    list: boolean;
    nullable: boolean;
    required: boolean;
    choices: string[];
    place?: string; // of a parameter: path, query, header
    text?: string;
    fields: Field[];
}
export type Access = 'everyone' | 'person' | 'operator';
export interface Answer {
    status: string;
    types: string[]; // of content; empty: no body
    body: Field | null; // JSON only
}
export interface Route {
    id: string;
    group: string;
    method: string;
    path: string;
    summary: string;
    text: string;
    access: Access;
    parameters: Field[];
    body: Field | null;
    answers: Answer[];
    codes: string[];
}
export interface Group {
    name: string;
    routes: Route[];
}

const kKinds: Kind[] = ['integer', 'number', 'string', 'boolean', 'object'];
const kJson = 'application/json';

function resolved(schema: Schema, document: ApiDocument): Schema {
    const name = schema.$ref?.split('/').pop();
    return name === undefined ? schema : (document.components?.schemas?.[name] ?? {});
}

// Several objects that all hold are one with the fields of all.
function merged(schemas: Schema[]): Schema {
    return {
        type: 'object',
        properties: Object.assign({}, ...schemas.map((one) => one.properties ?? {})),
        required: schemas.flatMap((one) => one.required ?? []),
    };
}

export function fieldOf(
    name: string,
    given: Schema,
    document: ApiDocument,
    required = true,
): Field {
    let schema = resolved(given, document);
    if (schema.allOf) schema = merged(schema.allOf.map((one) => resolved(one, document)));
    if (schema.anyOf) {
        const real = schema.anyOf.filter((one) => one.type !== 'null');
        const field = fieldOf(name, real[0] ?? {}, document, required);
        return { ...field, nullable: real.length < schema.anyOf.length };
    }
    if (schema.type === 'array')
        return { ...fieldOf(name, schema.items ?? {}, document, required), list: true };
    const types = [schema.type ?? 'any'].flat();
    return {
        name,
        kind: kKinds.find((kind) => types.includes(kind)) ?? 'any',
        list: false,
        nullable: types.includes('null'),
        required,
        choices: schema.enum ?? [],
        text: schema.description,
        fields: Object.entries(schema.properties ?? {}).map(([inner, one]) =>
            fieldOf(inner, one, document, schema.required?.includes(inner) ?? false),
        ),
    };
}

function bodyOf(content: Content | undefined, document: ApiDocument): Field | null {
    const schema = content?.[kJson]?.schema;
    return schema ? fieldOf('', schema, document) : null;
}

function accessOf({ security }: Operation): Access {
    if (!security?.length) return 'everyone';
    return security.some((one) => 'operator' in one) ? 'operator' : 'person';
}

function routeOf(method: string, path: string, operation: Operation, document: ApiDocument): Route {
    const good = Object.entries(operation.responses).filter(([status]) => status < '3');
    return {
        id: operation.operationId,
        group: operation.tags?.[0] ?? '',
        method: method.toUpperCase(),
        path,
        summary: operation.summary ?? '',
        text: operation.description ?? '',
        access: accessOf(operation),
        parameters: (operation.parameters ?? []).map((one) => ({
            ...fieldOf(one.name, one.schema ?? {}, document, one.required ?? false),
            place: one.in,
            text: one.description,
        })),
        body: bodyOf(operation.requestBody?.content, document),
        answers: good.map(([status, { content }]) => ({
            status,
            types: Object.keys(content ?? {}),
            body: bodyOf(content, document),
        })),
        codes: Object.values(operation.responses).flatMap((one) => one['x-error-codes'] ?? []),
    };
}

// Groups stand in the order in which the document names them first.
export function groupsOf(document: ApiDocument): Group[] {
    const groups = new Map<string, Route[]>();
    for (const [path, methods] of Object.entries(document.paths))
        for (const [method, operation] of Object.entries(methods)) {
            const route = routeOf(method, path, operation, document);
            groups.set(route.group, [...(groups.get(route.group) ?? []), route]);
        }
    return [...groups].map(([name, routes]) => ({ name, routes }));
}

// Every word has to be found somewhere in a route.
export function matching(groups: Group[], wish: string): Group[] {
    const words = wish.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (route: Route) => {
        const text = [
            route.method,
            route.path,
            route.summary,
            route.id,
            route.group,
            ...route.codes,
        ]
            .join(' ')
            .toLowerCase();
        return words.every((word) => text.includes(word));
    };
    return groups
        .map(({ name, routes }) => ({ name, routes: routes.filter(fits) }))
        .filter(({ routes }) => routes.length > 0);
}

function exampleOf(field: Field): unknown {
    if (field.list) return [exampleOf({ ...field, list: false })];
    switch (field.kind) {
        case 'integer':
        case 'number':
            return 1;
        case 'boolean':
            return true;
        case 'string':
            return field.choices[0] ?? '…';
        case 'object':
        case 'any':
            return Object.fromEntries(
                field.fields.filter((one) => one.required).map((one) => [one.name, exampleOf(one)]),
            );
    }
}

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

// A call of the route for a shell, with what it cannot do without.
export function curlOf(route: Route, origin: string): string {
    const needed = (place: string) =>
        route.parameters.filter((one) => one.place === place && one.required);
    const query = needed('query').map((one) => `${one.name}=${String(exampleOf(one))}`);
    const address = `${origin}${route.path}${query.length > 0 ? `?${query.join('&')}` : ''}`;
    const parts = [
        route.method === 'GET' ? 'curl' : `curl -X ${route.method}`,
        ...(route.access === 'everyone' ? [] : [`-H ${quoted('Authorization: Bearer TOKEN')}`]),
        ...needed('header').map((one) => `-H ${quoted(`${one.name}: …`)}`),
        ...(route.body
            ? [
                  `-H ${quoted(`Content-Type: ${kJson}`)}`,
                  `-d ${quoted(JSON.stringify(exampleOf(route.body)))}`,
              ]
            : []),
        quoted(address),
    ];
    return parts.join(' \\\n  ');
}
