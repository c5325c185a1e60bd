import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A directory version this service verified for itself and uses from then on; the highest version counts. */
@Entity({ name: 'directory_copy' })
export class DirectoryCopyRow {
  @PrimaryColumn('int') version: number;
  /** SHA-256 of the envelope's canonical bytes, as announced and as seals name it. */
  @Column('text') digest: string;
  /** The directory document, canonical JSON. */
  @Column('text') document: string;
  @Column('timestamptz', { name: 'adopted_at' }) adoptedAt: Date;
}
