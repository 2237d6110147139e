import { randomBytes } from 'node:crypto';

/** Randomness, injected, so that a test can steer it. */
export abstract class Random {
  /** `count` unpredictable bytes. */
  abstract bytes(count: number): Buffer;

  /** A UUID of version 4 (RFC 9562 §5.4). */
  uuid(): string {
    return uuidFrom(this.bytes(16));
  }
}

export class SystemRandom extends Random {
  bytes(count: number): Buffer {
    return randomBytes(count);
  }
}

/** The UUID of version 4 whose 122 free bits come from the first 16 bytes of `bytes`. */
export function uuidFrom(bytes: Uint8Array): string {
  const b = Buffer.from(bytes.subarray(0, 16));
  b.writeUInt8((b.readUInt8(6) & 0x0f) | 0x40, 6);
  b.writeUInt8((b.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = b.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
