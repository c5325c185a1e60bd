import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * Half of a person's one-time password, kept for one administrator until the person has set a password of his own: each
 * administrator hands over his half, so neither alone can enter as that person.
 */
@Entity({ name: 'password_half' })
export class PasswordHalfRow {
  @PrimaryColumn('uuid') person: string;
  @PrimaryColumn('uuid') administrator: string;
  @Column('text') part: string;
  @Column('text') half: string;
}
