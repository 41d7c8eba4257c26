/** A catalogue in another language: the same keys, and English adds the singular to each plural. */
export type Catalogue<Source> = {
  readonly [Key in keyof Source]: Source[Key] extends string ? string : Catalogue<Source[Key]>;
} & { readonly [Key in keyof Source as Key extends `${infer Stem}_other` ? `${Stem}_one` : never]: string };
