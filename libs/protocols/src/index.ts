export { ProtocolsModule } from './protocols.module.js';
