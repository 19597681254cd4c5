/** Of the curves in the plot and its legend, the latest first. */
export const curveColours = ['--accent', '--in', '--shape', '--mute'] as const;
