/**
 * Recipients that the exchange does not reach: units and persons of the own office, and agencies, companies and citizens
 * outside that get paper alone.
 */
export const otherRecipientKinds = ['inside', 'paper'] as const;
export type OtherRecipientKind = (typeof otherRecipientKinds)[number];

/** How paper goes: bưu điện, chuyển phát, giao tận tay. */
export const postingWays = ['post', 'courier', 'by-hand'] as const;
export type PostingWay = (typeof postingWays)[number];

/** As a printed book says it. */
export const postingWayWords: Readonly<Record<PostingWay, string>> = {
  post: 'Bưu điện',
  courier: 'Chuyển phát',
  'by-hand': 'Giao tận tay',
};

/** What became of it: somebody signed for it (giấy báo nhận), or it came back. */
export const postingResults = ['delivered', 'returned'] as const;
export type PostingResult = (typeof postingResults)[number];

/** One of them, as the letter names it. */
export interface OtherTarget {
  readonly kind: OtherRecipientKind;
  readonly name: string;
}

/** With what is known of the paper that went there. */
export interface OtherRecipient extends OtherTarget {
  /** Day (yyyy-MM-dd) on which paper was handed to the post or a courier; always null inside the office. */
  readonly postedOn: string | null;
  /** Number of the postal item; empty for a courier, and while nothing was posted. */
  readonly item: string;
  /** Copies in the envelope; 1 while nothing was posted. */
  readonly copies: number;
  /** Null where nobody said it, and while nothing was posted. */
  readonly way: PostingWay | null;
  /** Null while it is not known. */
  readonly result: PostingResult | null;
  /** Day (yyyy-MM-dd) of the result. */
  readonly resultOn: string | null;
  /** Who signed for it, or why it came back. */
  readonly resultNote: string;
}

/** Paper is still to be posted there. */
export const isOtherToPost = ({ kind, postedOn }: OtherRecipient): boolean => kind === 'paper' && postedOn === null;

/** How a letter was issued where the exchange does not go: signed and sealed here, or by hand on paper. */
export type IssueWay = 'signed' | 'by-hand';
