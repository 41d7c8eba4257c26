import { properCase } from '#shared/domain/vietnamese-case.ts';
import { foldVietnamese } from '#shared/domain/vietnamese-text.ts';
import { joinText, type Line } from './lines.ts';

export interface AgencyReading {
  readonly agency: string | null;
  readonly agencyLines: readonly Line[];
  readonly parentAgency: string | null;
  readonly parentLines: readonly Line[];
}

/** Words that begin the name of an agency; a line starting otherwise continues the line above it. */
const agencyHead =
  /^(ubnd|uy ban|hdnd|hoi dong nhan dan|hoi|so|bo|cuc|chi cuc|tong cuc|vu|ban|phong|van phong|thanh tra|trung tam|vien|truong|cong an|cong ty|tong cong ty|tap doan|benh vien|chi nhanh|kho bac|bao hiem|toa an|lien doan|doan|dang uy|tinh uy|huyen uy|thanh uy|chinh phu|quoc hoi|ngan hang|tinh|thanh pho)\b/;

/**
 * Issuing agency and its superior from the lines above the number. The decree prints the superior in light and the
 * issuer in bold capitals; where all look the same, each new agency name starts a new one and the last one issues.
 */
export function readAgency(lines: readonly Line[]): AgencyReading {
  const bold = lines.filter((line) => line.bold);
  const firstBold = lines.findIndex((line) => line.bold);
  const split = bold.length > 0 && bold.length < lines.length && firstBold > 0 ? firstBold : lastAgencyStart(lines);
  const parentLines = lines.slice(0, split);
  const agencyLines = lines.slice(split);
  const parentAgency = nameOf(parentLines);
  const agency = nameOf(agencyLines);
  return { agency: agency === null ? null : fullName(agency, parentAgency), agencyLines, parentAgency, parentLines };
}

function lastAgencyStart(lines: readonly Line[]): number {
  for (let index = lines.length - 1; index > 0; index -= 1) {
    const folded = lines[index]?.folded ?? '';
    // "ỦY BAN NHÂN DÂN / TỈNH ĐẮK LẮK" is one name on two lines.
    if (agencyHead.test(folded) && !/^(tinh|thanh pho)\b/.test(folded)) return index;
  }
  return 0;
}

function nameOf(lines: readonly Line[]): string | null {
  const text = joinText(lines);
  return text === '' ? null : properCase(text);
}

const territorialParent =
  /^(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân) ((?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn) .+)$/u;

/**
 * Name by which the agency is known outside: `Văn phòng` of `UBND tỉnh Đắk Lắk` is `Văn phòng UBND tỉnh Đắk Lắk`;
 * `Phòng Tài chính - Kế hoạch` of `UBND huyện Krông Búk` is `Phòng Tài chính - Kế hoạch huyện Krông Búk`.
 */
function fullName(agency: string, parent: string | null): string {
  if (parent === null) return agency;
  const folded = foldVietnamese(agency);
  if (folded === 'van phong') return `${agency} ${parent}`;
  const territory = territorialParent.exec(parent)?.[1];
  const unit = /^(so|phong|ban|thanh tra|chi cuc|trung tam|van phong)\b/.test(folded);
  if (territory !== undefined && unit && !/(^|\s)(tỉnh|huyện|quận|xã|phường)(\s|$)|thành phố|thị trấn/u.test(agency)) {
    return `${agency} ${territory}`;
  }
  if (territory === undefined && folded === 'thanh tra') return `${agency} ${parent}`;
  return agency;
}
