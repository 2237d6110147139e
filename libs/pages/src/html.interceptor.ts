import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Observable } from 'rxjs';
import { HTML, PAGE_HEADERS } from './pages.html.js';

/** The headers of a page. Refusals get theirs by the contract's error format. */
@Injectable()
export class HtmlInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    void reply.headers({ ...PAGE_HEADERS, 'Content-Type': HTML });
    return next.handle();
  }
}
