import type { Type } from '@nestjs/common';
import type { ErrorCode, FieldFault } from '@gatehouse/kernel';
import type { SessionOrigin } from '@gatehouse/sessions';
import type { Shape } from './openapi/shapes.js';

/** How a request without a contract's prefix is recognised as meant for this contract. */
export interface ContractRoot {
  readonly id: string;
  /** Paths that belong to this contract alone, with everything below them. */
  readonly own: readonly string[];
  /** A base path that several contracts share, and the paths below it that this one documents. */
  readonly shared?: { readonly base: string; readonly paths: readonly string[] };
  /** Paths of another contract that a browser's navigation (`Accept: text/html`) means this one by. */
  readonly navigations?: readonly string[];
  /** Request headers (lower case) that this contract's clients send to the shared base. */
  readonly headers?: readonly string[];
}

/** A status and a sentence that says what was wrong and what to do. */
export type WireError = readonly [status: number, message: string];

/** A refusal on its way to the client, its status and sentence taken from the contract's table. */
export interface ErrorAnswer {
  readonly code: ErrorCode;
  readonly status: number;
  readonly message: string;
  readonly fields: readonly FieldFault[];
}

/** How refusals look on the wire. */
export interface ErrorFormat {
  readonly table: Readonly<Record<ErrorCode, WireError>>;
  readonly contentType: string;
  /** Sent with every refusal, beside the content type. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What `present` gives, for the OpenAPI document; a contract without one has no such document. */
  readonly shape?: Shape;
  /** A body: an object becomes JSON, text goes as it is. */
  readonly present: (answer: ErrorAnswer) => object | string;
}

/** One of the documents that this service answers. A contract is a folder that exports one of these. */
export interface Contract {
  readonly id: string;
  readonly title: string;
  /** Where its document says that it lives, for the OpenAPI document's description. */
  readonly basePath: string;
  readonly root: ContractRoot;
  readonly controllers: readonly Type[];
  /** The groups of its operations in its OpenAPI document: name → what they are about. */
  readonly tags?: Readonly<Record<string, string>>;
  /** How the sessions that it opens are refreshed. */
  readonly refresh: SessionOrigin['refresh'];
  readonly errors: ErrorFormat;
  /** Whether it reads HTML forms beside JSON. */
  readonly readsForms?: boolean;
}

const CONTRACT_OF = 'gatehouse:contract';

/** A contract by its folder's parts. Notes on each controller which contract it belongs to, so that parameters can tell. */
export function defineContract(parts: Omit<Contract, 'id'>): Contract {
  const contract = { ...parts, id: parts.root.id };
  for (const controller of parts.controllers) Reflect.defineMetadata(CONTRACT_OF, contract, controller);
  return contract;
}

/** The contract that a controller was defined with. */
export function contractOf(controller: Type): Contract {
  const contract = Reflect.getMetadata(CONTRACT_OF, controller) as Contract | undefined;
  if (!contract)
    throw new Error(`${controller.name} belongs to no contract: list it in a defineContract call`);
  return contract;
}
