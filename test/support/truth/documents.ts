import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';

const FOLDER = path.resolve(__dirname, '../../../docs/openapi');

interface Header {
  readonly required?: boolean;
  readonly schema: object;
}

export interface DocumentedResponse {
  readonly headers?: Readonly<Record<string, Header>>;
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}

export interface DocumentedOperation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, DocumentedResponse>>;
}

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  readonly components: object;
}

/** A committed document, made for looking things up. Schemas are compiled when they are first needed, once. */
export class OpenApiDocument {
  private readonly document: OpenApi;
  private readonly ajv = new Ajv({ strict: false, allErrors: true });
  private readonly validators = new Map<object, ValidateFunction>();
  private readonly templates: readonly { readonly template: string; readonly pattern: RegExp }[];

  constructor(readonly name: string) {
    this.document = JSON.parse(readFileSync(path.join(FOLDER, `${name}.json`), 'utf8')) as OpenApi;
    formats.default(this.ajv);
    this.ajv.addSchema({ $id: 'document', components: this.document.components });
    this.templates = Object.keys(this.document.paths)
      // of two that match the one without parameters is meant
      .sort((a, b) => a.split('{').length - b.split('{').length)
      .map((template) => ({
        template,
        pattern: new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
      }));
  }

  /** The operation that a request without query means, or undefined. */
  operation(method: string, pathname: string): DocumentedOperation | undefined {
    for (const { template, pattern } of this.templates) {
      const operation = this.document.paths[template]?.[method.toLowerCase()];
      if (operation && pattern.test(pathname)) return operation;
    }
    return undefined;
  }

  /** Whether any operation has the path, by whatever method. */
  knows(pathname: string): boolean {
    return this.templates.some(({ pattern }) => pattern.test(pathname));
  }

  response(operation: DocumentedOperation, status: number): DocumentedResponse | undefined {
    return this.resolved(operation.responses[String(status)]);
  }

  headersOf(response: DocumentedResponse): [name: string, header: Header][] {
    return Object.entries(response.headers ?? {}).map(([name, header]) => [
      name.toLowerCase(),
      this.resolved(header) as Header,
    ]);
  }

  /** What is wrong with a value, or undefined. */
  fault(schema: object, value: unknown): string | undefined {
    let validate = this.validators.get(schema);
    if (!validate) {
      // references within the document are looked for where its components are
      const text = JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/');
      validate = this.ajv.compile(JSON.parse(text) as object);
      this.validators.set(schema, validate);
    }
    return validate(value) ? undefined : this.ajv.errorsText(validate.errors, { dataVar: 'body' });
  }

  private resolved<T extends object>(object: T | undefined): T | undefined {
    if (!object || !('$ref' in object)) return object;
    const keys = (object.$ref as string).split('/').slice(1);
    return keys.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], this.document) as T;
  }
}
