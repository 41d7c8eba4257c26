import { printedList, type LetterPage } from '#shared/domain/reminder-letter.ts';
import { upperCase } from '#shared/domain/vietnamese-text.ts';
import styles from './letter-sheet.module.css';

/** The letter on paper, in the parts of Nghị định 30/2020, Phụ lục I: always Vietnamese, whatever the screens speak. */
export function LetterSheet({ page }: { readonly page: LetterPage }) {
  const { place, month, year, addressees, recipientLines } = page;
  return (
    <article lang="vi" className={styles.letter}>
      <header className={styles.head}>
        <div>
          {page.parentAgency === '' ? null : <p className={styles.parent}>{upperCase(page.parentAgency)}</p>}
          <p className={styles.agency}>{upperCase(page.agency)}</p>
          <p className={styles.number}>
            Số:
            <span className={styles.room} />/{page.notation}
          </p>
          <p className={styles.subject}>V/v {page.subject}</p>
        </div>
        <div>
          <p className={styles.nation}>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p>
          <p className={styles.motto}>Độc lập - Tự do - Hạnh phúc</p>
          <p className={styles.date}>
            {place === '' ? '' : `${place}, `}ngày
            <span className={styles.room} />
            tháng {month} năm {year}
          </p>
        </div>
      </header>
      {addressees.length === 1 ? (
        <p className={styles.addressee}>Kính gửi: {addressees[0]}</p>
      ) : (
        <div className={styles.addressees}>
          <p>Kính gửi:</p>
          {printedList(addressees).map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
      )}
      {page.paragraphs.map((text) => (
        <p key={text} className={styles.paragraph}>
          {text}
        </p>
      ))}
      <footer className={styles.foot}>
        <div>
          <p className={styles.recipients}>Nơi nhận:</p>
          {printedList(recipientLines).map((line) => (
            <p key={line} className={styles.recipient}>
              {line}
            </p>
          ))}
        </div>
        <div className={styles.signature}>
          {page.authority === '' ? null : <p>{upperCase(page.authority)}</p>}
          <p>{upperCase(page.signerTitle)}</p>
          <p className={styles.signer}>{page.signerName}</p>
        </div>
      </footer>
    </article>
  );
}
