import { list, oneOf, type Operation, record, serialised, text } from '@gatehouse/contract-kit';

const Key = record(
  'Key',
  {
    kty: oneOf(['EC', 'RSA', 'OKP'], 'The type of the key'),
    use: oneOf(['sig']),
    alg: text({ about: 'The algorithm that it signs by', example: 'ES256' }),
    kid: text({ about: 'The id of the key, which tokens name', example: 'Y6oZ0vJc' }),
  },
  {
    crv: text({ about: 'The curve', example: 'P-256' }),
    x: text({ about: 'The public point', example: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU' }),
    y: text({ about: 'The public point', example: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0' }),
  },
);

const KeySet = record('KeySet', { keys: list(Key) });

export const jwks: Operation<string> = {
  id: 'jwks',
  tag: 'keys',
  summary: 'The public keys of access tokens (RFC 7517)',
  answer: {
    about: 'The keys that are, were and will be in use',
    contentType: 'application/jwk-set+json',
    shape: serialised(KeySet),
  },
};
