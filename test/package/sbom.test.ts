import { describe, expect, it } from 'vitest';
import { type Bom, billOf } from '../../scripts/package/sbom.js';

const DEVELOPMENT = [{ name: 'cdx:npm:package:development', value: 'true' }];

/** What npm says of everything: one package that is installed, one that is bundled, one that only tests use. */
function everything(serialNumber: string, timestamp: string): Bom {
  return {
    serialNumber,
    metadata: { timestamp, component: { 'bom-ref': 'own@1.0.0', name: 'folder' } },
    components: [
      { 'bom-ref': 'tests@1.0.0', name: 'tests', properties: DEVELOPMENT },
      { 'bom-ref': 'native@1.0.0', name: 'native', properties: [] },
      { 'bom-ref': 'bundled@2.0.0', name: 'bundled', properties: DEVELOPMENT },
      { 'bom-ref': 'bundled@1.0.0', name: 'bundled', properties: DEVELOPMENT },
    ],
    dependencies: [
      { ref: 'own@1.0.0', dependsOn: ['tests@1.0.0', 'native@1.0.0', 'bundled@2.0.0'] },
      { ref: 'tests@1.0.0', dependsOn: ['bundled@1.0.0'] },
    ],
  };
}

describe('the bill of materials', () => {
  const bill = billOf(everything('urn:1', '2026-01-01'), 'own', new Set(['bundled@2.0.0']));

  it('has what is installed and what is bundled, in that version, and says which', () => {
    expect(bill.components.map((one) => [one['bom-ref'], one.properties])).toEqual([
      ['bundled@2.0.0', [{ name: 'atmr-ml:bundled', value: 'true' }]],
      ['native@1.0.0', []],
    ]);
    expect(bill.dependencies).toEqual([{ ref: 'own@1.0.0', dependsOn: ['bundled@2.0.0', 'native@1.0.0'] }]);
  });

  it('is the same for the same contents, wherever and whenever it is written', () => {
    expect(bill.metadata.component.name).toBe('own');
    const later = billOf(everything('urn:2', '2027-01-01'), 'own', new Set(['bundled@2.0.0']));
    expect(JSON.stringify(later)).toBe(JSON.stringify(bill));
  });
});
