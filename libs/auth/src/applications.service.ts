import { Injectable } from '@nestjs/common';
import { AuthError } from '@gatehouse/kernel';
import { type ClientApplication, Clients } from '@gatehouse/clients';

/** Which client application a request comes from. */
@Injectable()
export class Applications {
  constructor(private readonly clients: Clients) {}

  /**
   * The application with this Api-Token, where it may use this channel.
   * Throws AuthError `client_unknown` or `channel_refused`.
   */
  async identify(apiToken: string | undefined, channel: string | undefined): Promise<ClientApplication> {
    const application = apiToken ? await this.clients.identify(apiToken) : null;
    if (!application) throw new AuthError('client_unknown');
    if (!channel || !application.channels.includes(channel)) throw new AuthError('channel_refused');
    return application;
  }
}
