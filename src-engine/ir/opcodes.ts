/**
 * The instruction set of a program, one number per kernel. Plain constants, because AssemblyScript reads this file too.
 * Operands and meaning of each: `instruction-set.ts`. Numbers are never reused.
 */
export const BARRIER = 1;
export const FILL = 2;
export const PACK = 3;
export const GEMM = 4;
export const GEMM_TN = 5;
export const COLUMN_SUM = 6;
export const COPY_COLUMNS = 7;
export const ACTIVATE = 8;
export const ACTIVATE_BACKWARD = 9;
export const GATHER_ROWS = 10;
export const SCATTER_ROWS = 11;
export const ONE_HOT = 12;
export const REVERSE = 13;
export const LAST_STEP = 14;
export const LAST_STEP_BACKWARD = 15;
export const RNN_FORWARD = 16;
export const RNN_BACKWARD = 17;
export const GRU_GATES_FORWARD = 18;
export const GRU_GATES_BACKWARD = 19;
export const GRU_BLEND_FORWARD = 20;
export const GRU_BLEND_BACKWARD = 21;
export const GRU_AFTER_FORWARD = 22;
export const GRU_AFTER_BACKWARD = 23;
export const LSTM_FORWARD = 24;
export const LSTM_BACKWARD = 25;
export const SOFTMAX = 26;
export const SOFTMAX_LOSS = 27;
export const SQUARED_LOSS = 28;
export const SUM = 29;
export const SQUARED_NORM = 30;
export const CLIP = 31;
export const SGD = 32;
export const ADAM = 33;
export const ROW_NORMS = 34;
export const SCALE = 35;
export const CLIP_VALUES = 50;
export const MOMENTUM = 51;
export const ADAGRAD = 52;
export const RMSPROP = 53;
export const DECAY = 54;
export const COLUMN_DOT = 36;
export const LAYER_NORM_FORWARD = 37;
export const LAYER_NORM_BACKWARD = 38;
export const POOL_FORWARD = 39;
export const POOL_BACKWARD = 40;
export const ATTENTION_FORWARD = 41;
export const ATTENTION_BACKWARD = 42;
export const SIGMOID_LOSS = 43;
export const HUBER_LOSS = 44;
export const DROPOUT = 45;
export const SHIFT_TARGETS = 46;
export const ARGMAX_IDS = 47;
export const MIX_TARGETS = 48;

/** Mode operand of the pool. */
export const POOL_MEAN = 0;
export const POOL_MAX = 1;

/** Activation operand: phi and its derivative from the activated value y. */
export const ACTIVATION_NONE = 0; //    phi' = 1
export const ACTIVATION_TANH = 1; //    phi' = 1 - y^2
export const ACTIVATION_SIGMOID = 2; // phi' = y (1 - y)
export const ACTIVATION_RELU = 3; //    phi' = y > 0

/** Float slots of the settings region, relative to its start. The host writes 0..6, 11 and 12 before a step; the program writes the rest. */
export const SETTING_LEARNING_RATE = 0;
export const SETTING_BETA1 = 1; //       decay of the running mean: Adam's beta1, the momentum of SGD
export const SETTING_BETA2 = 2; //       decay of the running square: Adam's beta2, RMSProp's alpha
export const SETTING_EPSILON = 3;
export const SETTING_CORRECTION1 = 4; // 1 / (1 - beta1^n), n counts updates from 1
export const SETTING_CORRECTION2 = 5; // 1 / (1 - beta2^n)
export const SETTING_CLIP_MAX = 6; //    largest global norm; 0: no clipping
export const SETTING_CLIP_SCALE = 7; //  1, or max / norm
export const SETTING_NORM = 8; //        global gradient norm before clipping
export const SETTING_FINITE = 9; //      1 if loss and norm are finite and the loss is within its limit, else 0: the update is then skipped
export const SETTING_LOSS = 10;
export const SETTING_CLIP_VALUE = 11; // largest absolute value of a gradient's element
export const SETTING_WEIGHT_DECAY = 12;
export const SETTING_CLIPPED = 13; //    elements that CLIP_VALUES changed
/** Int slots, written by the host before a training step: 1 drops out, 0 does not; what the mask is made of. */
export const SETTING_LOSS_LIMIT = 14; // a loss above it counts as not finite; 0: no limit
export const SETTING_PROGRESS = 15; // of the run, 0 at its begin to 1 in its last epoch
export const SETTING_DROPOUT = 16;
export const SETTING_DROPOUT_SEED = 17;
export const SETTING_DROPOUT_COUNTER = 18;
export const SETTINGS_SIZE = 32;

/** Elements per partial sum of SQUARED_NORM: fixed, so that the team's size changes no bit. */
export const NORM_CHUNK = 4096;
/** Columns per panel of a packed matrix. */
export const PANEL = 8;
