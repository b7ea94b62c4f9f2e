/**
 * A Bloom filter of so many 6-byte hashes, with bits and probes for one false answer in a million (n · log2(1/p) / ln 2
 * bits, log2(1/p) probes), by double hashing (Kirsch and Mitzenmacher, 2006).
 */
export class BloomFilter {
  readonly #bits: Uint32Array;
  readonly #size: number;
  readonly #probes = 20;
  #first = 0;
  #step = 0;

  constructor(entries: number, falsePositives = 1e-6) {
    this.#size = Math.ceil((entries * Math.log2(1 / falsePositives)) / Math.LN2);
    this.#bits = new Uint32Array(Math.ceil(this.#size / 32));
  }

  get byteLength(): number {
    return this.#bits.byteLength;
  }

  add(hash: Uint8Array): void {
    this.#start(hash);
    for (let probe = 0; probe < this.#probes; probe++) {
      const bit = this.#bit(probe);
      this.#bits[bit >>> 5]! |= 1 << (bit & 31);
    }
  }

  has(hash: Uint8Array): boolean {
    this.#start(hash);
    for (let probe = 0; probe < this.#probes; probe++) {
      const bit = this.#bit(probe);
      if ((this.#bits[bit >>> 5]! & (1 << (bit & 31))) === 0) return false;
    }
    return true;
  }

  #start(hash: Uint8Array): void {
    this.#first = ((hash[2]! << 24) | (hash[3]! << 16) | (hash[4]! << 8) | hash[5]!) >>> 0;
    this.#step = mix(this.#first ^ Math.imul((hash[0]! << 8) | hash[1]!, 0x9e3779b1)) | 1;
  }

  #bit(probe: number): number {
    return ((this.#first + Math.imul(probe, this.#step)) >>> 0) % this.#size;
  }
}

/** MurmurHash3's finaliser: every bit of the result depends on every bit given. */
function mix(number: number): number {
  let h = number;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
