const PARAMETERS_COMMENT = '# Where each parameter of Unroll stands: name there -> (name here, rows).';

const WEIGHT_FUNCTIONS = `def load_weights(model, arrays):
    """Puts arrays into the model. arrays: name in Unroll -> tensor, as weights.safetensors holds them."""
    with torch.no_grad():
        for name, (place, rows) in PARAMETERS.items():
            model.get_parameter(place)[rows].copy_(arrays[name])


def named_weights(model):
    """The model's arrays by their names in Unroll, to be stored and read back there."""
    return {name: model.get_parameter(place)[rows].detach().clone() for name, (place, rows) in PARAMETERS.items()}`;

/** The end of `model.py`: where Unroll's parameters stand in it, and the functions that put them in and take them out. */
export function parameterTable(entries: readonly string[]): readonly string[] {
  return [PARAMETERS_COMMENT, 'PARAMETERS = {', ...entries.map((entry) => `    ${entry}`), '}', '', '', WEIGHT_FUNCTIONS, ''];
}
