/** What is used here of a CycloneDX document. */
export interface Bom {
  readonly serialNumber?: string;
  readonly metadata: { readonly timestamp?: string; readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly Dependency[];
}

interface Component {
  readonly 'bom-ref': string;
  readonly name: string;
  readonly properties?: readonly Property[];
}

interface Property {
  readonly name: string;
  readonly value: string;
}

interface Dependency {
  readonly ref: string;
  readonly dependsOn: readonly string[];
}

/**
 * Of a document of everything on this disk, what reaches who installs the package `name`: what is no development
 * dependency, and what is `bundled` ("name@version"), which is said of it. Without the time and the number of the
 * document, and in the order of the references, so that equal contents are equal bytes.
 */
export function billOf(everything: Bom, name: string, bundled: ReadonlySet<string>): Bom {
  const { serialNumber: _, ...rest } = everything;
  const { timestamp: __, ...metadata } = everything.metadata;
  const components = everything.components
    .filter((one) => bundled.has(keyOf(one['bom-ref'])) || !isForDevelopment(one))
    .map((one) => (bundled.has(keyOf(one['bom-ref'])) ? { ...one, properties: [BUNDLED] } : one))
    .sort((a, b) => order(a['bom-ref'], b['bom-ref']));
  const kept = new Set([...components, metadata.component].map((one) => one['bom-ref']));
  const dependencies = everything.dependencies
    .filter(({ ref }) => kept.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => kept.has(one)).sort(order) }))
    .sort((a, b) => order(a.ref, b.ref));
  // npm names it by the folder that it is in.
  return {
    ...rest,
    metadata: { ...metadata, component: { ...metadata.component, name } },
    components,
    dependencies,
  };
}

const BUNDLED: Property = { name: 'atmr-ml:bundled', value: 'true' };

/** npm adds to a reference that would be there twice. */
function keyOf(reference: string): string {
  return reference.split('|')[0] as string;
}

function isForDevelopment({ properties = [] }: Component): boolean {
  return properties.some(({ name, value }) => name === 'cdx:npm:package:development' && value === 'true');
}

function order(a: string, b: string): number {
  return a < b ? -1 : 1;
}
