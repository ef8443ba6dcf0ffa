export async function drawGrowth(): Promise<void> {}
