/**
 * A Bloom filter of so many 6-byte hashes, with bits and probes for one false answer in a million (n · log2(1/p) / ln 2
 * bits, log2(1/p) probes), by double hashing (Kirsch and Mitzenmacher, 2006).
 */
export class BloomFilter {
  readonly #bits: Uint32Array;
  readonly #size: number;
  readonly #probes = 20;

  constructor(entries: number, falsePositives = 1e-6) {
    this.#size = Math.ceil((entries * Math.log2(1 / falsePositives)) / Math.LN2);
    this.#bits = new Uint32Array(Math.ceil(this.#size / 32));
  }

  get byteLength(): number {
    return this.#bits.byteLength;
  }

  add(hash: Uint8Array): void {
    for (const bit of this.#bitsOf(hash)) this.#bits[bit >>> 5]! |= 1 << (bit & 31);
  }

  has(hash: Uint8Array): boolean {
    for (const bit of this.#bitsOf(hash)) {
      if ((this.#bits[bit >>> 5]! & (1 << (bit & 31))) === 0) return false;
    }
    return true;
  }

  *#bitsOf(hash: Uint8Array): Generator<number> {
    const view = new DataView(hash.buffer, hash.byteOffset);
    const first = view.getUint32(2);
    const step = mix(first ^ (view.getUint16(0) * 0x9e3779b1)) | 1;
    for (let probe = 0; probe < this.#probes; probe++) {
      yield ((first + Math.imul(probe, step)) >>> 0) % this.#size;
    }
  }
}

/** MurmurHash3's finaliser: every bit of the result depends on every bit given. */
function mix(number: number): number {
  let h = number;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
