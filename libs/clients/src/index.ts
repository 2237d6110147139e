export { clientFault, SCOPES } from './client-rules.js';
export { Client, type ClientKind } from './client.entity.js';
export { ClientSecret } from './client-secret.entity.js';
export { type ClientApplication, Clients, ClientTaken, type NewClient } from './clients.service.js';
export { ClientsModule } from './clients.module.js';
