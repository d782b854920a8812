/** Layers that change images at random while training, each image by a draw of its own. */
import {
  add,
  clipByValue,
  maximum,
  mean,
  minimum,
  mul,
  slice,
  sub,
  type Tensor,
  tensor,
  tidy,
} from '@tensorflow/tfjs-core';
import { generator, nextSeed } from '../../random';
import type { LayerClass } from '../base';
import { Spatial } from '../spatial';
import { type Filling, type FillMode, type Placing, sample } from './sampling';

/** tfjs turns what it reads into camelCase. */
const isWord = (value: unknown, word: string): boolean => String(value).replaceAll('_', '').toLowerCase() === word;

abstract class Augmenting extends Spatial {
  private training = false;

  /** @param draw numbers uniform in [0, 1) */
  protected abstract change(x: Tensor, draw: () => number): Tensor;

  override call(inputs: Tensor | Tensor[], kwargs: { training?: boolean; mask?: Tensor } = {}): Tensor {
    this.training = kwargs.training ?? false;
    return super.call(inputs, kwargs);
  }

  protected override compute(x: Tensor): Tensor {
    return this.training ? this.change(x, generator(nextSeed())) : this.atRest(x);
  }

  protected atRest(x: Tensor): Tensor {
    return x.clone();
  }

  protected override after(spatial: readonly (number | null)[]): (number | null)[] {
    return [...spatial];
  }

  /** A draw between two numbers of a setting; zero where there is none. */
  protected between(key: string, draw: () => number): number {
    const setting = this.settings[key];
    const [from = 0, to = 0] = Array.isArray(setting) ? (setting as number[]) : [];
    return from + draw() * (to - from);
  }

  protected get filling(): Filling {
    const { fillMode, fillValue, interpolation } = this.settings;
    return {
      mode: (fillMode ?? 'reflect') as FillMode,
      value: Number(fillValue ?? 0),
      nearest: interpolation === 'nearest',
    };
  }
}

/** A placing for each image of a batch. */
const each = (x: Tensor, make: (height: number, width: number) => Placing): Placing[] =>
  Array.from({ length: x.shape[0] ?? 1 }, () => make(x.shape[1] ?? 1, x.shape[2] ?? 1));

const EXACT: Filling = { mode: 'nearest', value: 0, nearest: true };

class RandomFlip extends Augmenting {
  static className = 'RandomFlip';

  protected override change(x: Tensor, draw: () => number): Tensor {
    const { mode } = this.settings;
    const both = isWord(mode, 'horizontalandvertical');
    const [sideways, upright] = [both || isWord(mode, 'horizontal'), both || isWord(mode, 'vertical')];
    const placings = each(x, (height, width) => {
      const [over, across] = [draw() < 0.5 && upright, draw() < 0.5 && sideways];
      return (row, column) => [over ? height - 1 - row : row, across ? width - 1 - column : column];
    });
    return sample(x, placings, EXACT);
  }
}

class RandomRotation extends Augmenting {
  static className = 'RandomRotation';

  protected override change(x: Tensor, draw: () => number): Tensor {
    const placings = each(x, (height, width) => {
      const angle = 2 * Math.PI * this.between('factor', draw);
      const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
      const [middle, centre] = [(height - 1) / 2, (width - 1) / 2];
      return (row, column) => {
        const [y, z] = [row - middle, column - centre];
        return [middle + cosine * y + sine * z, centre + cosine * z - sine * y];
      };
    });
    return sample(x, placings, this.filling);
  }
}

class RandomZoom extends Augmenting {
  static className = 'RandomZoom';

  protected override change(x: Tensor, draw: () => number): Tensor {
    const placings = each(x, (height, width) => {
      const tall = 1 + this.between('heightFactor', draw);
      const wide = this.settings.widthFactor == null ? tall : 1 + this.between('widthFactor', draw);
      const [middle, centre] = [(height - 1) / 2, (width - 1) / 2];
      return (row, column) => [middle + tall * (row - middle), centre + wide * (column - centre)];
    });
    return sample(x, placings, this.filling);
  }
}

class RandomTranslation extends Augmenting {
  static className = 'RandomTranslation';

  protected override change(x: Tensor, draw: () => number): Tensor {
    const placings = each(x, (height, width) => {
      const [down, right] = [height * this.between('heightFactor', draw), width * this.between('widthFactor', draw)];
      return (row, column) => [row - down, column - right];
    });
    return sample(x, placings, this.filling);
  }
}

/** One number for each image, to be stretched over it. */
const forEach = (x: Tensor, value: () => number): Tensor => {
  const batch = x.shape[0] ?? 1;
  return tensor(Array.from({ length: batch }, value), [batch, 1, 1, 1]);
};

abstract class Toning extends Augmenting {
  protected within(x: Tensor): Tensor {
    const range = this.settings.valueRange;
    const [low = 0, high = 255] = Array.isArray(range) ? (range as number[]) : [];
    // Between equal bounds the WebAssembly kernel of clipByValue gives garbage.
    return low < high ? clipByValue(x, low, high) : maximum(minimum(x, high), low);
  }
}

class RandomContrast extends Toning {
  static className = 'RandomContrast';

  protected override change(x: Tensor, draw: () => number): Tensor {
    const setting = this.settings.factor;
    const [less = 0, more = 0] = Array.isArray(setting) ? (setting as number[]) : [];
    const factor = forEach(x, () => 1 - less + draw() * (less + more));
    const average = mean(x, [1, 2], true);
    return this.within(add(mul(sub(x, average), factor), average));
  }
}

class RandomBrightness extends Toning {
  static className = 'RandomBrightness';

  protected override change(x: Tensor, draw: () => number): Tensor {
    const range = this.settings.valueRange;
    const [low = 0, high = 255] = Array.isArray(range) ? (range as number[]) : [];
    const shift = forEach(x, () => this.between('factor', draw) * (high - low));
    return this.within(add(x, shift));
  }
}

abstract class Cropping extends Augmenting {
  private readonly target = [this.number('height', 1), this.number('width', 1)];

  /** @param share where between the first and the last place */
  protected cut(x: Tensor, share: () => number): Tensor {
    const [batch = 1, height = 1, width = 1, channels = 1] = x.shape;
    const [tall = 1, wide = 1] = this.target;
    const place = (whole: number, part: number): number =>
      Math.min(whole - part, Math.floor(share() * (whole - part + 1)));
    return tidy(() => slice(x, [0, place(height, tall), place(width, wide), 0], [batch, tall, wide, channels]));
  }

  protected middle(x: Tensor): Tensor {
    const [batch = 1, height = 1, width = 1, channels = 1] = x.shape;
    const [tall = 1, wide = 1] = this.target;
    return slice(
      x,
      [0, Math.floor((height - tall) / 2), Math.floor((width - wide) / 2), 0],
      [batch, tall, wide, channels],
    );
  }

  protected override atRest(x: Tensor): Tensor {
    return this.middle(x);
  }

  protected override after(): number[] {
    return this.target;
  }
}

class CenterCrop extends Cropping {
  static className = 'CenterCrop';

  protected override change(x: Tensor): Tensor {
    return this.middle(x);
  }
}

/** One place for the whole batch, as Keras draws it. */
class RandomCrop extends Cropping {
  static className = 'RandomCrop';

  protected override change(x: Tensor, draw: () => number): Tensor {
    return this.cut(x, draw);
  }
}

export const augmentingClasses: readonly LayerClass[] = [
  CenterCrop,
  RandomBrightness,
  RandomContrast,
  RandomCrop,
  RandomFlip,
  RandomRotation,
  RandomTranslation,
  RandomZoom,
];
