import { Module } from '@nestjs/common';
import { TokensModule } from '@gatehouse/tokens';
import { JwksController } from './jwks.controller.js';

@Module({ imports: [TokensModule], controllers: [JwksController] })
export class ProtocolsModule {}
