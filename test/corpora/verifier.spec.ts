import { createPublicKey } from 'node:crypto';
import { splitCompactJws } from '../../libs/tokens/src/compact-jws.js';
import { isSignedBy } from '../../libs/tokens/src/token-verifier.service.js';
import { type JwsVector, jwsVectors, Tally } from './corpora.js';

/** What decides before the claims are read: the form, the algorithm of the key, and the signature. */
function accepts({ jws, key }: JwsVector): boolean {
  const algorithm = key['alg'];
  if (algorithm !== 'ES256' && algorithm !== 'RS256') return false;
  const split = splitCompactJws(jws);
  if (split?.header.alg !== algorithm) return false;
  return isSignedBy({ publicKey: createPublicKey({ key, format: 'jwk' }) }, jws);
}

it('accepts every valid vector of our algorithms, and no invalid one', () => {
  const tally = new Tally();
  for (const vector of jwsVectors()) {
    const ours = vector.key['alg'] === 'ES256' || vector.key['alg'] === 'RS256';
    const accepted = accepts(vector);
    const wrong = accepted !== (ours && vector.result === 'valid');
    tally.count(accepted ? 200 : 401, wrong, `#${vector.tcId} ${vector.comment} (${vector.result})`);
  }
  process.stdout.write(`at the verifier: ${String(tally)}\n`);
  expect(tally.wrong).toEqual([]);
});
