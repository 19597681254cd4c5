/** Words that praise or condemn a film, by the place they take in a sentence. */
export interface PolarityWords {
  /** `the acting is ADJECTIVE` */
  readonly adjective: readonly string[];
  /** `it is ADVERB written` */
  readonly adverb: readonly string[];
  /** `i FELT it` */
  readonly felt: readonly string[];
  /** `the ending STRUCK me` */
  readonly struck: readonly string[];
  /** `sheer NOUN` */
  readonly noun: readonly string[];
}

export interface PolarityLexicon {
  readonly positive: PolarityWords;
  readonly negative: PolarityWords;
}

/** Polarity words of the training and validation reviews; no word here has a form in `HELD_OUT_LEXICON`. */
export const TRAINING_LEXICON: PolarityLexicon = {
  positive: {
    adjective: words(`wonderful amazing superb brilliant delightful charming beautiful impressive memorable funny fascinating touching thrilling
      excellent great lovely enjoyable clever original graceful powerful stunning inspiring satisfying magnificent witty vivid refreshing
      imaginative good fresh warm rewarding thoughtful sensitive romantic heartfelt admirable creative artistic interesting
      genuine colorful`),
    adverb: words('wonderfully beautifully brilliantly nicely vividly well'),
    felt: words('loved enjoyed admired liked'),
    struck: words('delighted thrilled impressed amazed fascinated touched inspired'),
    noun: words('joy delight pleasure brilliance beauty charm excellence fun'),
  },
  negative: {
    adjective: words(`terrible awful bad boring dull stupid silly annoying disappointing weak poor ugly clumsy pointless tedious ridiculous
      embarrassing painful shallow confusing lazy messy superficial meaningless nasty inferior flat predictable careless
      unnecessary flawed exhausting inadequate senseless trivial sluggish incompetent feeble tired`),
    adverb: words('badly poorly terribly painfully awfully'),
    felt: words('hated disliked regretted endured'),
    struck: words('bored annoyed disappointed confused embarrassed exhausted'),
    noun: words('rubbish disappointment embarrassment pain confusion incompetence waste'),
  },
};

/** Polarity words of the test reviews: only what the word vectors know of them can tell a model what they mean. */
export const HELD_OUT_LEXICON: PolarityLexicon = {
  positive: {
    adjective: words(`fantastic terrific marvelous splendid outstanding exceptional extraordinary fabulous gorgeous glorious dazzling
      engaging compelling absorbing intelligent inventive exquisite breathtaking poignant humorous amusing polished perfect flawless
      sublime pleasant stylish lively entertaining hilarious remarkable spectacular superior elegant exciting innovative intriguing
      vibrant timeless unforgettable sophisticated irresistible playful passionate majestic cheerful`),
    adverb: words('perfectly remarkably smoothly neatly'),
    felt: words('appreciated cherished praised applauded celebrated'),
    struck: words('enchanted entertained amused astonished excited intrigued'),
    noun: words('perfection genius bliss excitement magic elegance passion humor'),
  },
  negative: {
    adjective: words(`horrible dreadful dismal mediocre bland lousy pathetic absurd appalling miserable inept ludicrous lame sloppy crude
      vulgar hollow frustrating offensive repetitive awkward foolish unpleasant disgusting unbearable worthless useless hopeless
      depressing horrendous dumb rotten grim bleak gloomy faulty ineffective chaotic shameful irrelevant`),
    adverb: words('hopelessly grossly'),
    felt: words('resented deplored dreaded ridiculed condemned'),
    struck: words('irritated frustrated disgusted appalled depressed horrified infuriated offended dismayed'),
    noun: words('nonsense agony misery garbage junk torture despair chaos trash'),
  },
};

function words(list: string): readonly string[] {
  return list.split(/\s+/).filter((word) => word !== '');
}

export function lexiconWords(lexicon: PolarityLexicon): readonly string[] {
  return [lexicon.positive, lexicon.negative].flatMap((places) => [...places.adjective, ...places.adverb, ...places.felt, ...places.struck, ...places.noun]);
}
