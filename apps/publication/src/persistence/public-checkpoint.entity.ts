import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** The newest signed head of the log, as the public site shows it. */
@Entity({ name: 'public_checkpoint' })
@Check('public_checkpoint_one', 'only_one')
export class PublicCheckpointRow {
  @PrimaryColumn('boolean', { name: 'only_one' }) onlyOne: boolean;
  @Column('uuid') epoch: string;
  @Column('integer') size: number;
  @Column('text') note: string;
}
