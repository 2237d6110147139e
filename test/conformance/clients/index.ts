import { CamelClient } from './camel.client.js';
import { ChannelClient } from './channel.client.js';
import type { ContractClient } from './contract-client.js';
import type { Addressing } from './document-client.js';
import { JsendClient } from './jsend.client.js';
import { SnakeClient } from './snake.client.js';
import { TokenClient } from './token.client.js';

/** A client for each contract that is mounted: another one is a file and a line here. */
const CLIENTS = [TokenClient, CamelClient, ChannelClient, JsendClient, SnakeClient];

/** All of them, for the service that listens at `server` once the scenarios run. */
export const clientsOf = (server: () => string, addressing: Addressing): readonly ContractClient[] =>
  CLIENTS.map((Client) => new Client(server, addressing));
