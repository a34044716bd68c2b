import "server-only";
import { createHash } from "node:crypto";
import { Zip, ZipDeflate } from "fflate";

/** A file in the archive, for its list of contents. */
export interface ArchivedFile {
  path: string;
  bytes: number;
  sha256: string;
}

/**
 * A ZIP file produced while it is being read, so only the reader sets the pace. All files are in one folder, to keep
 * unpacking tidy.
 */
export class Archive {
  readonly files: ArchivedFile[] = [];
  private waiting: Uint8Array[] = [];
  private failure: Error | null = null;
  private readonly zip: Zip;

  constructor(
    private readonly folder: string,
    private readonly mtime: Date,
  ) {
    this.zip = new Zip((error, chunk) => {
      if (error) this.failure = error;
      else this.waiting.push(chunk);
    });
  }

  /**
   * Adds a file in chunks: texts as UTF-8, bytes as they are.
   * @returns the parts of the archive as they become ready
   */
  async *add(
    path: string,
    pieces: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
  ): AsyncGenerator<Uint8Array> {
    const file = new ZipDeflate(`${this.folder}/${path}`, { level: 6 });
    file.mtime = this.mtime;
    this.zip.add(file);
    const hash = createHash("sha256");
    let bytes = 0;
    for await (const piece of pieces) {
      const written = typeof piece === "string" ? Buffer.from(piece, "utf8") : piece;
      hash.update(written);
      bytes += written.length;
      file.push(written, false);
      yield* this.ready();
    }
    file.push(new Uint8Array(), true);
    this.files.push({ path, bytes, sha256: hash.digest("hex") });
    yield* this.ready();
  }

  *end(): Generator<Uint8Array> {
    this.zip.end();
    yield* this.ready();
  }

  private *ready(): Generator<Uint8Array> {
    const chunks = this.waiting;
    this.waiting = [];
    if (this.failure) throw this.failure;
    yield* chunks;
  }
}
