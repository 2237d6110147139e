/** How requests say who sends them. A route that demands several names them in one requirement: all at once. */
export const SECURITY_SCHEMES = {
  Bearer: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      'An access token, as a login gives it: a JWT (RFC 9068) that is signed ES256, verified as RFC8725 asks, and revocable',
  },
  'Api-Token': {
    type: 'apiKey',
    in: 'header',
    name: 'Api-Token',
    description: 'The token of a client application; development has dev-api-token',
  },
  channel: {
    type: 'apiKey',
    in: 'header',
    name: 'channel',
    description: 'A channel that the client application may use; development has web, ios and android',
  },
} as const;
